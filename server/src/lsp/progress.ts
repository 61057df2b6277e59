import type { WorkDoneProgressServerReporter } from 'vscode-languageserver/node';
import type { IndexProgress } from './folder-index.ts';
import type { Session } from './session.ts';

/** Shows a long task in the client's progress area. Work goes on whether or not the client answers. */
export function showProgress(session: Session, title: string): IndexProgress & { end(): void } {
  if (!session.client.workDoneProgress) return { report: () => {}, end: () => {} };
  let reporter: WorkDoneProgressServerReporter | undefined;
  let ended = false;
  let shown = -1;
  session.connection.window.createWorkDoneProgress().then(
    (created) => {
      reporter = created;
      reporter.begin(title, 0);
      if (ended) reporter.done();
    },
    (error: unknown) => session.log.exception('window/workDoneProgress/create', error),
  );
  return {
    report(done, total) {
      const percentage = Math.floor((100 * done) / Math.max(1, total));
      if (reporter === undefined || percentage === shown) return;
      shown = percentage;
      reporter.report(percentage, `${done} of ${total} files`);
    },
    end() {
      ended = true;
      reporter?.done();
    },
  };
}
