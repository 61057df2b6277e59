import * as vscode from 'vscode';

type Ask = (...args: never[]) => unknown;
type Asking = Partial<Record<'showQuickPick' | 'showInputBox' | 'showErrorMessage' | 'showInformationMessage', Ask>>;

/**
 * Has the user's part in questions played while `act` runs: `answers` stand for VS Code's own functions, which the
 * extension shares with this suite.
 */
export async function answering<T>(answers: Asking, act: () => Thenable<T> | Promise<T>): Promise<T> {
  const window = vscode.window as unknown as Record<string, unknown>;
  const own = Object.keys(answers).map((name) => [name, window[name]] as const);
  Object.assign(window, answers);
  try {
    return await act();
  } finally {
    for (const [name, original] of own) window[name] = original;
  }
}

/** Keeps the commands of `ids` from being run while `act` is, and returns what they were to be run with. */
export async function intercepting(ids: readonly string[], act: () => Thenable<unknown>): Promise<unknown[][]> {
  const commands = vscode.commands as { executeCommand: typeof vscode.commands.executeCommand };
  const original = commands.executeCommand;
  const seen: unknown[][] = [];
  commands.executeCommand = <T>(id: string, ...args: unknown[]): Thenable<T> => {
    if (!ids.includes(id)) return original<T>(id, ...args);
    seen.push(args);
    return Promise.resolve(undefined as T);
  };
  try {
    await act();
  } finally {
    commands.executeCommand = original;
  }
  return seen;
}
