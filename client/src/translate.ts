/** `vscode.l10n.t`, for code that does without VS Code: `{0}` in a message is the first of the values. */
export type Translate = (message: string, ...values: string[]) => string;

/** The messages as they stand in the code. */
export const untranslated: Translate = (message, ...values) =>
  message.replace(/\{(\d+)\}/g, (whole, i: string) => values[Number(i)] ?? whole);
