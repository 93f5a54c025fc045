import { expect, it } from 'vitest'
import { standsForSeats } from '../../server/src/rules/seats-for.ts'
import { policyOf, xinyi } from '../policies/policies.ts'

const [full, part] = [{ fullTime: true }, { fullTime: false }]

it('gives seats counted on full-time people to them alone, unless the other reading was chosen', () => {
  const [quota] = xinyi.quotas
  const stand = (choices: Record<string, string>) => [full, part].map((person) => standsForSeats(xinyi, choices, quota!, person))
  expect(stand({})).toEqual([true, false])
  expect(stand({ 'KH-64': 'population' })).toEqual([true, false])
  expect(stand({ 'KH-64': 'everyone' })).toEqual([true, true])
})

it('gives seats counted on everyone to everyone', () => {
  const district = policyOf('district')
  expect([full, part].map((person) => standsForSeats(district, {}, district.quotas[0]!, person))).toEqual([true, true])
})
