import { Migration } from '@mikro-orm/migrations'

/** What was done is only ever added to: the database itself refuses to change or remove it. */
export class AppendOnly extends Migration {
  override up(): void {
    this.addSql(`
      create function "kaohe_append_only"() returns trigger language plpgsql as $$
        begin
          raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
        end
      $$;
    `)
    for (const table of ['change_set', 'sheet_change', 'signature'])
      this.addSql(`
        create trigger "${table}_append_only" before update or delete or truncate on "${table}"
          for each statement execute function "kaohe_append_only"();
      `)
  }
}
