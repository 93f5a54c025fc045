import { Migration } from '@mikro-orm/migrations'

/**
 * What decisions rest on. Of rulings between people who tied, made before this, the people are known from the chain;
 * of other decisions nothing is, and they stand as they are.
 */
export class Bases extends Migration {
  override up(): void {
    this.addSql(`
      alter table "ruling" add column "basis" jsonb null;
      alter table "appeal" add column "basis" jsonb null;
      alter table "signature" add column "contents" jsonb null;
      update ruling r set "basis" = jsonb_build_object('tied',
             (select string_agg(one, ' ' order by one collate "C") from json_array_elements_text(c.details -> 'contested') one))
        from change_set c
       where c.county_id = r.county_id and c.seq = r.seq and r.kind = 'seat' and json_typeof(c.details -> 'contested') = 'array';
    `)
  }
}
