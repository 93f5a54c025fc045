#!/usr/bin/env bash
# Working days of China by two npm packages, run on Node 20 and later with nothing else.
# Guess: packages that carry the official announcements agree on years that are long past, and load both ways they declare.
# Found: chinese-workday 1.16.1 and chinese-days 1.5.7 differ on three past days. The holiday of spring 2020 was extended
# to 2 February: chinese-workday calls 31 January a working day and 1 February (a Saturday) the make-up day it had been
# before; in 2023 it calls 3 January, a Tuesday on which work had begun again, off. Its `require` entry is CommonJS text in
# a file that its own package.json makes an ES module, so that `require` throws and only `import` works.
# Neither says that a year is not announced: both call 1 January 2027 a working day.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --ignore-scripts --no-audit --no-fund --silent chinese-workday@1.16.1 chinese-days@1.5.7
cat >days.mjs <<'JS'
import { createRequire } from 'node:module'
import { isWorkday as first } from 'chinese-workday'
import days from 'chinese-days'
const second = (day) => (days.default ?? days).isWorkday(day)
for (const day of ['2020-01-31', '2020-02-01', '2020-02-03', '2023-01-02', '2023-01-03', '2026-01-04', '2027-01-01'])
  console.log(day, first(day), second(day))
try {
  createRequire(import.meta.url)('chinese-workday')
  console.log('require works')
} catch (error) {
  console.log('require:', error.message.split('\n')[0])
}
JS
node days.mjs | tee found
diff found - <<'SEEN'
2020-01-31 true false
2020-02-01 true false
2020-02-03 true true
2023-01-02 false false
2023-01-03 false true
2026-01-04 true true
2027-01-01 true true
require: exports is not defined in ES module scope
SEEN
echo 'as described'
