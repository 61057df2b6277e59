import type { Resource } from '../../model/facts.ts';

/** `Deployment/web`; the kind alone where there is no name yet. */
export const resourceTitle = ({ kind, name }: Resource): string => (name === '' ? kind : `${kind}/${name}`);
