import { Migration } from '@mikro-orm/migrations'

/** Which of a cycle's readings were approved, by whom and on what paper. */
export class Readings extends Migration {
  override up(): void {
    this.addSql(`alter table "cycle" add column "approvals" jsonb not null default '{}';`)
  }
}
