import { ElMessage, ElMessageBox, type MessageHandler } from 'element-plus'
import { ref } from 'vue'
import { useI18n } from 'vue-i18n'

/**
 * Does one thing at a time; what the server refuses is said, and stays to be read until
 * the next try is over. `after` is called when one is done.
 */
export function useDeed(after: () => void) {
  const { t } = useI18n()
  const busy = ref(false)
  let refusal: MessageHandler | undefined

  /** True when it was done; `done` says so, in words of its own or by what came of it. */
  async function does<Outcome>(deed: () => Promise<Outcome>, done?: string | ((outcome: Outcome) => string)): Promise<boolean> {
    busy.value = true
    try {
      const outcome = await deed()
      refusal?.close()
      if (done !== undefined) ElMessage.success(typeof done === 'string' ? done : done(outcome))
      after()
      return true
    } catch (error) {
      refusal?.close()
      refusal = ElMessage({ type: 'error', message: (error as Error).message, showClose: true, duration: 8000 })
      return false
    } finally {
      busy.value = false
    }
  }

  /** A reason somebody types, which must say something; undefined when they give it up. */
  async function reasonFor(title: string, says: string, confirm = title): Promise<string | undefined> {
    const answer = await ElMessageBox.prompt(says, title, {
      inputType: 'textarea',
      inputPattern: /\S/,
      inputErrorMessage: t('leaving.needsText'),
      confirmButtonText: confirm,
      cancelButtonText: t('common.cancel'),
    }).catch(() => undefined)
    return answer?.value
  }

  return { busy, does, reasonFor }
}
