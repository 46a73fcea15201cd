import type { Store } from "./store.ts";

/** Resolves once the database has answered the least that it can be asked. */
export async function answers({ boss }: Pick<Store, "boss">): Promise<void> {
  await boss.getDb().executeSql("SELECT 1");
}
