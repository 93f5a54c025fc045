import { join } from 'node:path'
import { expect, it } from 'vitest'
import { build } from '../build.ts'
import { dataFolder, startProduct } from './product.ts'

it('the server as it is built finds what ships beside it, and starts', async () => {
  build('server')
  const { folder, remove } = dataFolder()
  const main = join(import.meta.dirname, '../../server/dist/main.js')
  const product = startProduct({ KAOHE_DEMO: 'off', KAOHE_DATA: folder }, [], main)
  try {
    const origin = await product.ready
    expect(await (await fetch(`${origin}/ready`)).json()).toEqual({ status: 'ready' })
  } finally {
    product.signal('SIGTERM')
    await product.ended
    remove()
  }
})
