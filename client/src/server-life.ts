import * as vscode from 'vscode';
import { CloseAction, type CloseHandlerResult, ErrorAction, type ErrorHandler } from 'vscode-languageclient';
import type { LanguageClient } from 'vscode-languageclient/node';
import { Crashes, TOO_MANY } from './crashes.ts';

/**
 * Starts a server that died anew, with the state of all open files (the client opens them again), until it has died
 * too often.
 */
export class ServerLife implements ErrorHandler {
  readonly #crashes = new Crashes();

  error(): { readonly action: ErrorAction; readonly handled: boolean } {
    // The connection's end, should it come to that, is the other method's.
    return { action: ErrorAction.Continue, handled: true };
  }

  closed(): CloseHandlerResult {
    if (this.#crashes.mayRestart(Date.now())) {
      const message = vscode.l10n.t('The language server has ended unexpectedly and is started anew.');
      return { action: CloseAction.Restart, message, handled: true };
    }
    const message = vscode.l10n.t(
      'Podwire’s language server crashed {0} times in three minutes and stays down.',
      String(TOO_MANY),
    );
    void offerHelp(message);
    return { action: CloseAction.DoNotRestart, message, handled: true };
  }

  /** The command. */
  async restart(client: LanguageClient): Promise<void> {
    this.#crashes.forget();
    try {
      await client.restart();
    } catch (error) {
      // A server that died or hangs can't be stopped in an orderly way: start anew all the same.
      client.error('The language server did not stop as it should.', error, false);
      await client.start();
    }
  }
}

async function offerHelp(message: string): Promise<void> {
  const commands = new Map([
    [vscode.l10n.t('Restart Server'), 'podwire.restartServer'],
    [vscode.l10n.t('Report Issue'), 'podwire.reportIssue'],
    [vscode.l10n.t('Show Output'), 'podwire.showOutput'],
  ]);
  const command = commands.get((await vscode.window.showErrorMessage(message, ...commands.keys())) ?? '');
  if (command !== undefined) await vscode.commands.executeCommand(command);
}
