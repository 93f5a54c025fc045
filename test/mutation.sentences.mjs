// What a sentence says is not mutated: it is pure text, and there is no telling a wrong word by a test that repeats it.
const text = (node) => node.type === 'StringLiteral' || node.type === 'TemplateLiteral'
const words = (node) => (node.type === 'StringLiteral' ? node.value : node.quasis.map(({ value }) => value.raw).join(' '))
const isZh = (node) => node.type === 'Identifier' && node.name === 'zh'
const isEnglish = ({ node, parent }) =>
  (parent.type === 'ObjectProperty' && parent.key.name === 'en') ||
  (parent.type === 'ConditionalExpression' && isZh(parent.test) && node === parent.alternate)

const shouldIgnore = (path) =>
  text(path.node) && (/\p{Script=Han}/u.test(words(path.node)) || isEnglish(path)) ? 'a sentence' : undefined

export const strykerPlugins = [{ kind: 'Ignore', name: 'sentences', value: { shouldIgnore } }]
