import { createNodeMiddleware, type Probot } from "probot";
import { type AppOptions, createApp } from "./app.ts";
import type { Addresses } from "./environment.ts";
import type { TakePost } from "./listen.ts";
import { signAnew } from "./old-secret.ts";

/** Takes in what is signed by WEBHOOK_SECRET, or by WEBHOOK_SECRET_OLD while there is one. */
export async function takeWebhooks(
  probot: Probot,
  app: AppOptions,
  { webhookPath }: Pick<Addresses, "webhookPath">,
  { WEBHOOK_SECRET = "", WEBHOOK_SECRET_OLD }: Readonly<Record<string, string | undefined>>,
): Promise<TakePost> {
  const webhooks = await createNodeMiddleware(createApp(app), { probot, webhooksPath: webhookPath });
  return async (request, response) => {
    if (WEBHOOK_SECRET_OLD) signAnew(request, WEBHOOK_SECRET_OLD, WEBHOOK_SECRET);
    return webhooks(request, response);
  };
}
