/** A village without the word for what it is: 松溪 for 松溪社区 and 松溪社区居委会. */
const short = (name: string): string =>
  name.replace(/(?<=.)(社区|村)?(村民委员会|居民委员会|村委会|居委会)$/, '').replace(/(?<=..)(社区|村)$/, '')

/**
 * Other ways in which tables write a village: without the word for what it is, and with its town before it where that is
 * given. Two villages may come to the same text: it is for the caller to see that only one does.
 */
export function villageNames(name: string, town = ''): string[] {
  const bare = short(name)
  return [bare, ...(town === '' ? [] : [town, town.replace(/(?<=..)(镇|乡|街道)$/, '')].map((one) => `${one}${bare}`))]
}
