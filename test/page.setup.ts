import { build } from './build.ts'

/** The page that the browser tests open. */
export default function setup(): void {
  build('web')
}
