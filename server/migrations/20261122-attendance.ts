import { Migration } from '@mikro-orm/migrations'

/** Absences and spot checks, with everything they were before. */
export class Attendances extends Migration {
  override up(): void {
    this.addSql(`
      create table "attendance" ("county_id" uuid not null, "id" uuid not null, "cycle_id" uuid not null, "sheet_id" uuid not null, "kind" text not null, "first_day" date not null, "last_day" date not null, "half" boolean not null default false, "excused" boolean null, "reason_given" boolean null, "on_post" boolean null, "account_id" uuid not null, "by" text not null, "at" timestamptz(3) not null, "seq" int not null, "ended_seq" int null, primary key ("county_id", "id"));
      create index "attendance_county_id_sheet_id_index" on "attendance" ("county_id", "sheet_id");
      alter table "attendance" add foreign key ("county_id", "sheet_id") references "sheet" ("county_id", "id");
    `)
  }
}
