import { Migration } from '@mikro-orm/migrations'

/** Attendance is a person’s and not a sheet’s; and a county may enter the days off of a whole year. */
export class Calendars extends Migration {
  override up(): void {
    this.addSql(`
      alter table "attendance" add column "coordinator_id" uuid null;
      update "attendance" r set "coordinator_id" = s."coordinator_id" from sheet s where s."county_id" = r."county_id" and s."id" = r."sheet_id";
      alter table "attendance" alter column "coordinator_id" set not null;
      create index "attendance_county_id_coordinator_id_index" on "attendance" ("county_id", "coordinator_id");
      alter table "attendance" add foreign key ("county_id", "coordinator_id") references "coordinator" ("county_id", "id");

      create table "calendar_year" ("county_id" uuid not null, "year" int not null, "announcement" text not null, "holidays" text[] not null, "workdays" text[] not null, "account_id" uuid not null, "by" text not null, "at" timestamptz(3) not null, "seq" int not null, primary key ("county_id", "year"));
      alter table "calendar_year" add foreign key ("county_id") references "county" ("id");
    `)
  }
}
