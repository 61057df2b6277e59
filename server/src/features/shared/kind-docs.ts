import { releaseName } from '../../base/release.ts';
import { goneIn, lifetimeText, successorOf } from '../../rules/versions.ts';
import type { ApiModel, KindInfo } from '../../schema/api-model.ts';
import { docsLine, docsLink } from './docs-link.ts';
import { escapeMarkdown } from './field-docs.ts';

/** A kind as Markdown: its version, the releases that serve it, what took over, and the text. */
export function kindDocs(info: KindInfo, model: ApiModel): string {
  const facts = [`**${info.kind}**`, info.apiVersion];
  if (!info.namespaced) facts.push('cluster-scoped');
  const lifetime = lifetimeText(info);
  if (lifetime !== '') facts.push(lifetime);
  return [
    facts.join(' · '),
    ...fate(info, model),
    escapeMarkdown(info.description),
    ...docsLine(docsLink(info, model)),
  ].join('\n\n');
}

function fate(info: KindInfo, model: ApiModel): readonly string[] {
  const { deprecated } = info;
  const gone = goneIn(info);
  const dates = [
    ...(deprecated === undefined ? [] : [`Deprecated since ${releaseName(deprecated)}`]),
    ...(gone === undefined ? [] : [`${deprecated === undefined ? 'R' : 'r'}emoved in ${releaseName(gone)}`]),
  ];
  if (dates.length === 0) return [];
  const successor = successorOf(model, info);
  const replacement = successor ? `${successor.apiVersion} ${successor.kind}` : info.replacement;
  const took = replacement === undefined ? '' : ` Replaced by \`${replacement}\`.`;
  return [`${dates.join(', ')}.${took}`];
}
