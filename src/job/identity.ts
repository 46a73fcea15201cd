import { createHash } from "node:crypto";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The delivery GUID as a job's id: the database itself then refuses the second insert of a redelivery. */
export function deliveryJobId(deliveryId: string): string {
  const id = deliveryId.toLowerCase();
  return uuid.test(id) ? id : uuidOf(`delivery ${deliveryId}`);
}

/** The one id under which GitHub is asked to repeat an attempt at a delivery. */
export function redeliveryJobId(attempt: string): string {
  return uuidOf(`redelivery ${attempt}`);
}

/** The one id under which a run of this issue or pull request may be queued or active. */
export function runJobId(key: string): string {
  return uuidOf(`run ${key}`);
}

/** Version 8, "custom", of https://www.rfc-editor.org/rfc/rfc9562#section-5.8 */
function uuidOf(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
