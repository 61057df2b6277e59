import { createConnection, Message, ProposedFeatures, ResponseError } from 'vscode-languageserver/node';
import { Engine } from '../engine.ts';
import { loadApiModel } from '../host/schema-file.ts';
import { podwireVersion } from '../host/version.ts';
import { cancelled } from './guard.ts';
import { connectionLog, type Log, traceOf } from './log.ts';
import { serve } from './server.ts';

const usage = `Usage: server.js --stdio | --node-ipc | --socket=PORT | --pipe=NAME

Podwire's language server. Speaks the Language Server Protocol over the named transport.
`;

function main(args: readonly string[]): void {
  if (args.includes('--help') || args.includes('--version')) {
    process.stdout.write(args.includes('--help') ? usage : `${podwireVersion()}\n`);
    return;
  }
  if (!args.some((arg) => /^--(?:stdio|node-ipc|socket|pipe)(?:=|$)/.test(arg))) {
    process.stderr.write(usage);
    process.exitCode = 2;
    return;
  }
  const connection = createConnection(ProposedFeatures.all, {
    connectionStrategy: {
      // Requests that are cancelled while they wait for their turn are never begun.
      cancelUndispatched: (message) =>
        Message.isRequest(message)
          ? {
              id: message.id,
              jsonrpc: message.jsonrpc,
              error: cancelled().toJson(),
            }
          : undefined,
    },
  });
  stayUp(connectionLog(connection));
  const loaded = loadApiModel();
  serve(connection, {
    version: podwireVersion(),
    async load(log) {
      const { model, problem } = await loaded;
      if (problem !== undefined) log.warn(`The Kubernetes schema is missing: ${problem}`);
      return () => new Engine({ model });
    },
  });
}

/** A bug in one request must not end the help for all files. A client that is gone ends the server. */
function stayUp(log: Log): void {
  const survive = (error: unknown): void => {
    const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
    if (code === 'EPIPE' || code === 'ECONNRESET' || code === 'ERR_IPC_CHANNEL_CLOSED') process.exit(1);
    log.exception('server', error);
    process.stderr.write(`podwire: ${traceOf(error)}\n`);
  };
  process.on('uncaughtException', survive);
  process.on('unhandledRejection', (reason) => {
    // Messages that a closed connection no longer takes.
    if (!(reason instanceof ResponseError)) survive(reason);
  });
}

main(process.argv.slice(2));
