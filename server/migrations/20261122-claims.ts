import { Migration } from '@mikro-orm/migrations'

/** Claims that move a tally, and files that prove them or a cell; the same bytes are stored once. */
export class Claims extends Migration {
  override up(): void {
    this.addSql(`
      create table "claim" ("county_id" uuid not null, "id" uuid not null, "cycle_id" uuid not null, "sheet_id" uuid not null, "rule" text not null, "matter" text null, "content" jsonb not null, "state" text not null, "proposer_id" uuid not null, "proposed_by" text not null, "proposed_at" timestamptz(3) not null, "decided_by" text null, "decided_at" timestamptz(3) null, "reason" text null, "seq" int not null, primary key ("county_id", "id"), constraint claim_state_known check (state in ('proposed', 'accepted', 'rejected', 'withdrawn')));
      create index "claim_county_id_cycle_id_state_index" on "claim" ("county_id", "cycle_id", "state");
      create index "claim_county_id_sheet_id_index" on "claim" ("county_id", "sheet_id");
      alter table "claim" add foreign key ("county_id", "cycle_id") references "cycle" ("county_id", "id");
      alter table "claim" add foreign key ("county_id", "sheet_id") references "sheet" ("county_id", "id");

      create table "evidence_blob" ("county_id" uuid not null, "sha256" text not null, "bytes" bytea not null, primary key ("county_id", "sha256"));
      alter table "evidence_blob" alter column "bytes" set storage external;

      create table "evidence_file" ("county_id" uuid not null, "id" uuid not null, "sheet_id" uuid not null, "field" text null, "claim_id" uuid null, "sha256" text not null, "name" text not null, "type" text not null, "size" int not null, "account_id" uuid not null, "by" text not null, "at" timestamptz(3) not null, "removed_at" timestamptz(3) null, primary key ("county_id", "id"), constraint evidence_file_proves_one check ((field is null) <> (claim_id is null)), constraint evidence_file_type_known check (type in ('pdf', 'jpg', 'png', 'docx', 'xlsx')));
      create index "evidence_file_county_id_sheet_id_field_index" on "evidence_file" ("county_id", "sheet_id", "field");
      create index "evidence_file_county_id_claim_id_index" on "evidence_file" ("county_id", "claim_id");
      alter table "evidence_file" add foreign key ("county_id", "sheet_id") references "sheet" ("county_id", "id");
      alter table "evidence_file" add foreign key ("county_id", "claim_id") references "claim" ("county_id", "id");
      alter table "evidence_file" add foreign key ("county_id", "sha256") references "evidence_blob" ("county_id", "sha256");
    `)
  }
}
