import { AppendOnly } from './20261122-append-only.ts'
import { Bases } from './20261201-bases.ts'
import { Claims } from './20261122-claims.ts'
import { Accounts } from './20261122-accounts.ts'
import { Attendances } from './20261122-attendance.ts'
import { MainJob } from './20261122-main-job.ts'
import { Notes } from './20261122-notes.ts'
import { People } from './20261201-people.ts'
import { Publish } from './20261122-publish.ts'
import { Ratings } from './20261122-ratings.ts'
import { Programs } from './20261122-programs.ts'
import { Readings } from './20261122-readings.ts'
import { Recusals } from './20261122-recusals.ts'
import { Rulings } from './20261122-rulings.ts'
import { Views } from './20261122-views.ts'
import { Proposed } from './20261201-proposed.ts'
import { Calendars } from './20261201-calendar.ts'
import { Year } from './20261122-year.ts'

/** In the order they are applied. A name that was ever released never changes. */
export const migrations = [
  { name: '20261122-main-job', class: MainJob },
  { name: '20261122-readings', class: Readings },
  { name: '20261122-notes', class: Notes },
  { name: '20261122-views', class: Views },
  { name: '20261122-year', class: Year },
  { name: '20261122-rulings', class: Rulings },
  { name: '20261122-append-only', class: AppendOnly },
  { name: '20261122-claims', class: Claims },
  { name: '20261122-accounts', class: Accounts },
  { name: '20261122-publish', class: Publish },
  { name: '20261122-recusals', class: Recusals },
  { name: '20261122-ratings', class: Ratings },
  { name: '20261122-attendance', class: Attendances },
  { name: '20261122-programs', class: Programs },
  { name: '20261201-bases', class: Bases },
  { name: '20261201-calendar', class: Calendars },
  { name: '20261201-people', class: People },
  { name: '20261201-proposed', class: Proposed },
]
