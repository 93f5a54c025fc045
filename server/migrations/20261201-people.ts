import { Migration } from '@mikro-orm/migrations'

/** What a county's roster keeps of its places, people and posts, and what files brought in. */
export class People extends Migration {
  override up(): void {
    this.addSql(`
      alter table "unit" add column "provisional" boolean not null default false, add column "closed_on" date null;

      alter table "coordinator" add column "id_number" text null, add column "id_number_hash" text null, add column "id_number_shown" text null,
        add column "phone" text null, add column "phone_shown" text null, add column "politics" text null, add column "schooling" text null,
        add column "household" text null, add column "cadre" boolean not null default false;
      alter table "coordinator" add constraint "coordinator_county_id_id_number_hash_unique" unique ("county_id", "id_number_hash");

      alter table "posting" add column "category" text null, add column "employer" text null, add column "contract_from" date null,
        add column "contract_to" date null, add column "end_kind" text null, add column "end_reason" text null;

      create table "roster_import" ("county_id" uuid not null, "id" uuid not null, "account_id" uuid not null, "by" text not null, "at" timestamptz(3) not null, "kind" text not null, "file_name" text not null, "rows" int not null, "created" int not null, "updated" int not null, "before" jsonb not null, "seq" int not null, "undone_seq" int null, primary key ("county_id", "id"));
    `)
  }
}
