import { Migration } from '@mikro-orm/migrations'

/** Raters and their ballots. Of a secret group nothing links the one to the other. */
export class Ratings extends Migration {
  override up(): void {
    this.addSql(`
      create table "rater" ("county_id" uuid not null, "id" uuid not null, "cycle_id" uuid not null, "sheet_id" uuid not null, "rater_group" text not null, "name" text not null, "account_id" uuid null, "code_hash" text null, "invited_by" text not null, "invited_at" timestamptz(3) not null, "voted" boolean not null default false, "withdrawn" text null, primary key ("county_id", "id"));
      create index "rater_county_id_sheet_id_rater_group_index" on "rater" ("county_id", "sheet_id", "rater_group");
      create index "rater_county_id_account_id_index" on "rater" ("county_id", "account_id");
      create index "rater_code_hash_index" on "rater" ("code_hash");
      alter table "rater" add foreign key ("county_id", "sheet_id") references "sheet" ("county_id", "id");
      alter table "rater" add foreign key ("county_id", "account_id") references "account" ("county_id", "id");
      create unique index "rater_once" on "rater" ("county_id", "sheet_id", "account_id") where "account_id" is not null and "withdrawn" is null;

      create table "ballot" ("county_id" uuid not null, "id" uuid not null, "cycle_id" uuid not null, "sheet_id" uuid not null, "rater_group" text not null, "scores" jsonb not null, "rater_id" uuid null, "day" date not null, "valid" boolean not null default true, "why_void" text null, "seq" int not null, primary key ("county_id", "id"));
      create index "ballot_county_id_sheet_id_rater_group_index" on "ballot" ("county_id", "sheet_id", "rater_group");
      alter table "ballot" add foreign key ("county_id", "sheet_id") references "sheet" ("county_id", "id");
      alter table "ballot" add foreign key ("county_id", "rater_id") references "rater" ("county_id", "id");
    `)
  }
}
