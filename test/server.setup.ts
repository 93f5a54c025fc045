import { build } from './build.ts'

/** The server that tests of faults start as a process of its own, as `pnpm start` does. */
export default function setup(): void {
  build('server')
}
