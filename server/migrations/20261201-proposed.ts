import { Migration } from '@mikro-orm/migrations'

/** What an account was made for, until it is granted a role. */
export class Proposed extends Migration {
  override up(): void {
    this.addSql(`
      alter table "account" add column "proposed_role" text null, add column "proposed_unit_id" uuid null, add column "proposed_coordinator_id" uuid null;
      alter table "account" add foreign key ("county_id", "proposed_unit_id") references "unit" ("county_id", "id");
      alter table "account" add foreign key ("county_id", "proposed_coordinator_id") references "coordinator" ("county_id", "id");
    `)
  }
}
