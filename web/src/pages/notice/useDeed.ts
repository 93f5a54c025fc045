import { ElMessage } from 'element-plus'
import { ref } from 'vue'

/** Does one thing at a time; what the server refuses is said, and stays to be read. True when it was done. */
export function useDeed(after: () => void) {
  const busy = ref(false)
  async function does(deed: () => Promise<unknown>, done: string): Promise<boolean> {
    busy.value = true
    try {
      await deed()
      ElMessage.success(done)
      after()
      return true
    } catch (error) {
      ElMessage({ type: 'error', message: (error as Error).message, showClose: true, duration: 8000 })
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, does }
}
