import { Migration } from '@mikro-orm/migrations'

/** Who may not write whose sheets. */
export class Recusals extends Migration {
  override up(): void {
    this.addSql(`
      create table "recusal" ("county_id" uuid not null, "id" uuid not null, "account_id" uuid not null, "coordinator_id" uuid not null, "relation" text not null, "by" text not null, "at" timestamptz(3) not null, "ended_at" timestamptz(3) null, "ended_by" text null, primary key ("county_id", "id"));
      create index "recusal_county_id_account_id_index" on "recusal" ("county_id", "account_id");
      create unique index "recusal_standing" on "recusal" ("county_id", "account_id", "coordinator_id") where "ended_at" is null;
      alter table "recusal" add foreign key ("county_id", "account_id") references "account" ("county_id", "id");
      alter table "recusal" add foreign key ("county_id", "coordinator_id") references "coordinator" ("county_id", "id");
    `)
  }
}
