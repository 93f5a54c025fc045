import { Migration } from '@mikro-orm/migrations'

/** Notes on cells. */
export class Notes extends Migration {
  override up(): void {
    this.addSql(`
      create table "note" ("county_id" uuid not null, "id" uuid not null, "sheet_id" uuid not null, "field" text not null, "text" text not null, "account_id" uuid not null, "by" text not null, "at" timestamptz(3) not null, "removed_at" timestamptz(3) null, primary key ("county_id", "id"));
      create index "note_county_id_sheet_id_field_index" on "note" ("county_id", "sheet_id", "field");
      alter table "note" add constraint "note_text_bounded" check (char_length(text) >= 1 and char_length(text) <= 500);
      alter table "note" add foreign key ("county_id", "sheet_id") references "sheet" ("county_id", "id");
    `)
  }
}
