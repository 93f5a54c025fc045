import { ElMessage, ElMessageBox, type MessageHandler } from 'element-plus'
import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { randomKey } from '../grid/retry.ts'

/**
 * Does one thing at a time; what the server refuses is said, and stays to be read until
 * the next try is over. `after` is called when one is done.
 */
export function useDeed(after: () => void = () => undefined) {
  const { t } = useI18n()
  let refusal: MessageHandler | undefined
  const { busy, does } = doing(after, (says) => {
    refusal?.close()
    refusal = says === '' ? undefined : ElMessage({ type: 'error', message: says, showClose: true, duration: 8000 })
  })

  /** A reason somebody types, which must say something; undefined when they give it up. */
  async function reasonFor(
    title: string,
    says: string,
    { confirm = title, empty = t('leaving.needsText'), lines = true } = {},
  ): Promise<string | undefined> {
    const answer = await ElMessageBox.prompt(says, title, {
      ...(lines ? { inputType: 'textarea' } : {}),
      inputPattern: /\S/,
      inputErrorMessage: empty,
      confirmButtonText: confirm,
      cancelButtonText: t('common.cancel'),
    }).catch(() => undefined)
    return answer?.value
  }

  /** Whether somebody means it. */
  const sure = (title: string, says: string, confirm = title): Promise<boolean> =>
    ElMessageBox.confirm(says, title, { confirmButtonText: confirm, cancelButtonText: t('common.cancel') }).then(
      () => true,
      () => false,
    )

  return { busy, does, reasonFor, sure }
}

/** The same for a form, which shows in `wrong` what was refused beside what was typed. */
export function useForm(after: () => void = () => undefined) {
  const wrong = ref('')
  const { busy, does } = doing(after, (says) => (wrong.value = says))
  let sent = { says: '', key: '' }

  /** A key for what is sent: the same as before while it says the same, so that a second try is not a second deed. */
  function keyFor(input: unknown): string {
    const says = JSON.stringify(input)
    if (says !== sent.says) sent = { says, key: randomKey() }
    return sent.key
  }

  return { busy, does, wrong, keyFor }
}

function doing(after: () => void, refused: (says: string) => void) {
  const busy = ref(false)

  /** True when it was done; `done` says so, in words of its own or by what came of it. */
  async function does<Outcome>(deed: () => Promise<Outcome>, done?: string | ((outcome: Outcome) => string)): Promise<boolean> {
    busy.value = true
    try {
      const outcome = await deed()
      refused('')
      if (done !== undefined) ElMessage.success(typeof done === 'string' ? done : done(outcome))
      after()
      return true
    } catch (error) {
      refused((error as Error).message)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, does }
}
