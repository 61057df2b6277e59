import type { WorkspaceEdit } from 'vscode-languageserver/node';
import { toWorkspaceEdit } from './convert.ts';
import type { Session } from './session.ts';

export const upgradeAllCommand = 'podwire.upgradeAll';

/** The command "Upgrade all": one edit for all folders, which the client can undo as one. */
export function serveUpgradeAll(session: Session): void {
  const { connection, workspaces, log } = session;
  connection.onExecuteCommand(async ({ command }) => {
    if (command !== upgradeAllCommand) return null;
    try {
      await Promise.all(workspaces.all().map((workspace) => workspace.settled));
      const edits = workspaces.all().map((workspace) => {
        const snapshot = workspace.snapshot();
        return toWorkspaceEdit(session, snapshot, snapshot.upgradeAll());
      });
      const edit = joined(edits);
      const count = edit.documentChanges?.length ?? Object.keys(edit.changes ?? {}).length;
      if (count === 0) {
        connection.window.showInformationMessage('There is nothing to upgrade.');
        return null;
      }
      const answer = await connection.workspace.applyEdit({ label: 'Upgrade all', edit });
      if (answer?.applied)
        connection.window.showInformationMessage(`Upgraded ${count} ${count === 1 ? 'file' : 'files'}.`);
    } catch (error) {
      log.exception('workspace/executeCommand', error);
    }
    return null;
  });
}

function joined(edits: readonly WorkspaceEdit[]): WorkspaceEdit {
  if (edits.some(({ documentChanges }) => documentChanges))
    return { documentChanges: edits.flatMap(({ documentChanges }) => documentChanges ?? []) };
  return {
    changes: Object.assign({}, ...edits.map(({ changes }) => changes)) as NonNullable<WorkspaceEdit['changes']>,
  };
}
