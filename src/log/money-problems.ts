import { entry } from "./problem-entry.ts";

const gone = ({ used, of }: Readonly<Record<string, string | number>>) =>
  `$${used} of its $${of} are spent or set aside for runs that are at work.`;

/** What may keep a run from money. */
export const moneyProblems = {
  "purse-empty-issue": entry(
    "stopped",
    (details) => `The limit of what this issue may cost is reached: ${gone(details)}`,
    () => "Whoever runs firstdraft may raise FIRSTDRAFT_MAX_USD_ISSUE.",
  ),
  "purse-empty-repositoryDay": entry(
    "stopped",
    (details) => `The limit of what this repository may cost a day is reached: ${gone(details)}`,
    () => "Ask again tomorrow (UTC). Whoever runs firstdraft may raise FIRSTDRAFT_MAX_USD_REPOSITORY_DAY.",
  ),
  "purse-empty-installationMonth": entry(
    "stopped",
    (details) => `The limit of what this installation may cost a month is reached: ${gone(details)}`,
    () =>
      "Ask again next month (UTC). Whoever runs firstdraft may raise FIRSTDRAFT_MAX_USD_INSTALLATION_MONTH.",
  ),
  "purse-needs-app": entry(
    "use",
    () =>
      "FIRSTDRAFT_MAX_USD_ISSUE, FIRSTDRAFT_MAX_USD_REPOSITORY_DAY and FIRSTDRAFT_MAX_USD_INSTALLATION_MONTH are limits of the App's runs together, and cannot be held here.",
    () => "Unset them for this, and limit each run by FIRSTDRAFT_MAX_USD, or let the App do it.",
  ),
  "purse-unpriced": entry(
    "stopped",
    ({ model }) => `No price is known for ${model}, so that the limits of what may be spent cannot be held.`,
    () => "Whoever runs firstdraft states one by FIRSTDRAFT_PRICE, or takes another model.",
  ),
};
