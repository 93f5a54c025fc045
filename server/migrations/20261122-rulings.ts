import { Migration } from '@mikro-orm/migrations'

/** Decisions of people that no rule can make. */
export class Rulings extends Migration {
  override up(): void {
    this.addSql(`
      create table "ruling" ("county_id" uuid not null, "id" uuid not null, "cycle_id" uuid not null, "kind" text not null, "subject" text not null, "sheet_id" uuid not null, "place" int not null default 0, "text" text not null, "account_id" uuid not null, "by" text not null, "at" timestamptz(3) not null, "seq" int not null, "ended_seq" int null, primary key ("county_id", "id"));
      create index "ruling_county_id_cycle_id_kind_index" on "ruling" ("county_id", "cycle_id", "kind");
      alter table "ruling" add foreign key ("county_id", "cycle_id") references "cycle" ("county_id", "id");
      alter table "ruling" add foreign key ("county_id", "sheet_id") references "sheet" ("county_id", "id");
    `)
  }
}
