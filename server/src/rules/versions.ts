import { type Release, releaseName } from '../base/release.ts';
import type { ApiModel, KindInfo } from '../schema/api-model.ts';

/**
 * The version of a kind that a manifest should be in for the model's release: the newest that is served there of the
 * group that Kubernetes names as the successor's. Undefined where there is none but its own.
 */
export function successorOf(model: ApiModel, info: KindInfo): KindInfo | undefined {
  const [apiVersion = '', kind = ''] = info.replacement?.split(' ') ?? [];
  const named = model.find(apiVersion, kind);
  if (named && model.serves(named)) return named;
  const group = named?.group ?? info.group;
  return model
    .named(kind === '' ? info.kind : kind)
    .find(
      (other) =>
        other !== info &&
        other.group === group &&
        model.serves(other) &&
        (group !== info.group || isNewer(other, info)),
    );
}

/** Whether a release calls a version deprecated while it serves it. */
export const isDeprecated = ({ deprecated }: KindInfo, release: Release): boolean =>
  deprecated !== undefined && deprecated <= release;

/** The release that serves a kind no longer, as far as that is known. */
export const goneIn = ({ until, removal }: KindInfo): Release | undefined =>
  until === undefined ? removal : until + 1;

/** "since 1.19", "1.19 to 1.21", "up to 1.21"; empty for what is there in all releases that are known. */
export function lifetimeText({ since, until }: Pick<KindInfo, 'since' | 'until'>): string {
  if (since === undefined) return until === undefined ? '' : `up to ${releaseName(until)}`;
  if (until === undefined) return `since ${releaseName(since)}`;
  return since === until ? `in ${releaseName(since)} only` : `${releaseName(since)} to ${releaseName(until)}`;
}

/** Alphas before betas before stable versions; within a stage by their numbers. */
function isNewer(a: KindInfo, b: KindInfo): boolean {
  const [stageA, majorA, minorA] = order(a);
  const [stageB, majorB, minorB] = order(b);
  // autoscaling/v1 is stable, but it is no successor of v2beta1.
  if (majorA < majorB && stageB > 0) return false;
  return stageA !== stageB ? stageA > stageB : majorA !== majorB ? majorA > majorB : minorA > minorB;
}

function order({ version }: KindInfo): readonly [stage: number, major: number, minor: number] {
  const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
  return [match?.[2] === 'alpha' ? 0 : match?.[2] === 'beta' ? 1 : 2, Number(match?.[1] ?? 0), Number(match?.[3] ?? 0)];
}
