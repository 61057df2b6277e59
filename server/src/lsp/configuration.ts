import { DidChangeConfigurationNotification } from 'vscode-languageserver/node';
import { parseSettings } from '../host/settings.ts';
import type { Session } from './session.ts';
import type { Workspace } from './workspaces.ts';

/**
 * The settings of each workspace: asked for by `workspace/configuration` where the client answers that, otherwise
 * those that it sent by itself, first with `initializationOptions` and then with `workspace/didChangeConfiguration`.
 */
export class Configuration {
  readonly #session: Session;
  #sent: unknown;
  readonly #reported = new Set<string>();

  constructor(session: Session, initializationOptions: unknown) {
    this.#session = session;
    this.#sent = section(initializationOptions);
  }

  /** `onChange` is called after the settings of any workspace may have changed. */
  listen(onChange: () => void): void {
    const { connection, client, workspaces, log } = this.#session;
    connection.onDidChangeConfiguration(async (params) => {
      try {
        if (!client.configuration) this.#sent = section(params.settings);
        await this.load(workspaces.all());
        onChange();
      } catch (error) {
        log.exception('workspace/didChangeConfiguration', error);
      }
    });
    if (client.configuration && client.registerConfiguration) {
      connection.client
        .register(DidChangeConfigurationNotification.type, {
          section: 'podwire',
        })
        .catch((error: unknown) => log.exception('client/registerCapability', error));
    }
  }

  /** Brings the workspaces' settings up to date. Never rejects: what can't be had keeps what was sent. */
  async load(workspaces: readonly Workspace[]): Promise<void> {
    const answers = await this.#ask(workspaces);
    for (const [i, workspace] of workspaces.entries()) {
      const { settings, problems } = parseSettings(answers[i] ?? this.#sent);
      workspace.configure(settings);
      for (const problem of problems) this.#report(problem);
    }
  }

  async #ask(workspaces: readonly Workspace[]): Promise<readonly unknown[]> {
    const { connection, client, log } = this.#session;
    if (!client.configuration || workspaces.length === 0) return [];
    try {
      const items = workspaces.map(({ uri }) => ({
        section: 'podwire',
        ...(uri !== undefined && { scopeUri: uri }),
      }));
      const answers: unknown = await connection.workspace.getConfiguration(items);
      return Array.isArray(answers) ? answers : [];
    } catch (error) {
      log.exception('workspace/configuration', error);
      return [];
    }
  }

  #report(problem: string): void {
    if (this.#reported.has(problem)) return;
    this.#reported.add(problem);
    this.#session.log.warn(problem);
  }
}

/** Podwire's part of a client's settings, which may come alone or under the extension's name. */
function section(settings: unknown): unknown {
  if (typeof settings !== 'object' || settings === null) return settings;
  return (settings as { podwire?: unknown }).podwire ?? settings;
}
