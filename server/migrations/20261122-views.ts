import { Migration } from '@mikro-orm/migrations'

/** Saved views of tables. */
export class Views extends Migration {
  override up(): void {
    this.addSql(`
      create table "saved_view" ("county_id" uuid not null, "id" uuid not null, "account_id" uuid not null, "by" text not null, "page" text not null, "name" text not null, "shared" boolean not null, "content" text not null, "at" timestamptz(3) not null, primary key ("county_id", "id"));
      alter table "saved_view" add constraint "saved_view_county_id_account_id_page_name_unique" unique ("county_id", "account_id", "page", "name");
      alter table "saved_view" add foreign key ("county_id", "account_id") references "account" ("county_id", "id");
    `)
  }
}
