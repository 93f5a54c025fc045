import { Migration } from '@mikro-orm/migrations'

/** Notices with what they show, appeals against it, what was filed, and its corrections. */
export class Publish extends Migration {
  override up(): void {
    this.addSql(`
      alter table "sheet" add column "reopened" text[] null;

      create table "notice" ("county_id" uuid not null, "id" uuid not null, "cycle_id" uuid not null, "unit_id" uuid not null, "columns" text[] not null, "audience" text not null, "starts_on" date not null, "ends_on" date not null, "days" int not null, "heads" text[] not null, "rows" jsonb not null, "sheets" uuid[] not null, "hash" text not null, "account_id" uuid not null, "by" text not null, "at" timestamptz(3) not null, "seq" int not null, "replaces" uuid null, "withdrawn_at" timestamptz(3) null, "withdrawn_reason" text null, primary key ("county_id", "id"));
      create index "notice_id_index" on "notice" ("id");
      create index "notice_county_id_cycle_id_unit_id_index" on "notice" ("county_id", "cycle_id", "unit_id");
      alter table "notice" add constraint "notice_audience_known" check (audience in ('internal', 'village', 'public'));
      alter table "notice" add foreign key ("county_id", "cycle_id") references "cycle" ("county_id", "id");
      alter table "notice" add foreign key ("county_id", "unit_id") references "unit" ("county_id", "id");
      alter table "notice" add foreign key ("county_id", "replaces") references "notice" ("county_id", "id");

      create table "holiday" ("county_id" uuid not null, "day" date not null, "kind" text not null, primary key ("county_id", "day"));
      alter table "holiday" add constraint "holiday_kind_known" check (kind in ('holiday', 'workday'));
      alter table "holiday" add foreign key ("county_id") references "county" ("id");

      create table "appeal" ("county_id" uuid not null, "id" uuid not null, "cycle_id" uuid not null, "sheet_id" uuid not null, "notice_id" uuid not null, "items" text[] not null, "text" text not null, "appellant" text not null, "account_id" uuid not null, "by" text not null, "at" timestamptz(3) not null, "due_on" date not null, "state" text not null, "decided_by" text null, "decided_at" timestamptz(3) null, "reason" text null, "seq" int not null, primary key ("county_id", "id"));
      create index "appeal_county_id_cycle_id_state_index" on "appeal" ("county_id", "cycle_id", "state");
      create index "appeal_county_id_sheet_id_index" on "appeal" ("county_id", "sheet_id");
      alter table "appeal" add constraint "appeal_state_known" check (state in ('open', 'upheld', 'rejected', 'withdrawn'));
      alter table "appeal" add foreign key ("county_id", "cycle_id") references "cycle" ("county_id", "id");
      alter table "appeal" add foreign key ("county_id", "sheet_id") references "sheet" ("county_id", "id");
      alter table "appeal" add foreign key ("county_id", "notice_id") references "notice" ("county_id", "id");

      create table "filing" ("county_id" uuid not null, "id" uuid not null, "cycle_id" uuid not null, "unit_id" uuid not null, "sheets" uuid[] not null, "hash" text not null, "chain_seq" int not null, "chain_hash" text not null, "policy_id" text not null, "policy_hash" text not null, "choices" jsonb not null, "results" jsonb not null, "account_id" uuid not null, "by" text not null, "at" timestamptz(3) not null, "seq" int not null, "corrects" uuid null, primary key ("county_id", "id"));
      create index "filing_county_id_cycle_id_index" on "filing" ("county_id", "cycle_id");
      alter table "filing" add constraint "filing_county_id_corrects_unique" unique ("county_id", "corrects");
      alter table "filing" add foreign key ("county_id", "cycle_id") references "cycle" ("county_id", "id");
      alter table "filing" add foreign key ("county_id", "unit_id") references "unit" ("county_id", "id");
      alter table "filing" add foreign key ("county_id", "corrects") references "filing" ("county_id", "id");

      create table "correction" ("county_id" uuid not null, "id" uuid not null, "filing_id" uuid not null, "sheet_id" uuid not null, "field" text not null, "before" text null, "after" text null, "reason" text not null, "document" text not null, "account_id" uuid not null, "by" text not null, "at" timestamptz(3) not null, "seq" int not null, "state" text not null, "second_by" text null, "second_at" timestamptz(3) null, "second_reason" text null, "became" uuid null, primary key ("county_id", "id"));
      create index "correction_county_id_sheet_id_index" on "correction" ("county_id", "sheet_id");
      alter table "correction" add constraint "correction_state_known" check (state in ('proposed', 'signed', 'refused'));
      alter table "correction" add foreign key ("county_id", "filing_id") references "filing" ("county_id", "id");
      alter table "correction" add foreign key ("county_id", "sheet_id") references "sheet" ("county_id", "id");
      alter table "correction" add foreign key ("county_id", "became") references "filing" ("county_id", "id");
    `)
  }
}
