import type { Lifetime, Release } from '../base/release.ts';

/** What the API model says about a value: the type of a field, of a list's item or of a map's value. */
export type Schema = ObjectSchema | MapSchema | ListSchema | ScalarSchema;

export interface ObjectSchema {
  readonly type: 'object';
  /** 'Container', 'PodSpec' */
  readonly name: string;
  readonly description: string;
  /** In the order in which the API lists them. */
  readonly fields: ReadonlyMap<string, Field>;
  /** true: the server keeps fields that are not listed. */
  readonly open: boolean;
}

export interface MapSchema {
  readonly type: 'map';
  readonly values: Schema;
}

export interface ListSchema {
  readonly type: 'list';
  readonly items: Schema;
}

export interface ScalarSchema {
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'int-or-string' | 'quantity' | 'any';
  /** 'int32', 'int64', 'double', 'byte', 'date-time' or ''. */
  readonly format: string;
  /** The only values that the server takes; empty: no restriction. Holds '' where the server takes that for unset. */
  readonly enum: readonly string[];
  /** What a custom resource's definition says beside that. */
  readonly limits?: Limits;
}

/** Limits of a value in a custom resource's definition, as JSON Schema has them. */
export interface Limits {
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** Its lifetime says which releases of Kubernetes have it; that of a type's first fields is the kind's. */
export interface Field extends Lifetime {
  readonly name: string;
  /** Resolved when it is asked for: definitions are recursive. */
  readonly schema: Schema;
  /** The field's own text, else that of its type. */
  readonly description: string;
  readonly required: boolean;
  /** Required, but an empty string or list will do. */
  readonly mayBeEmpty: boolean;
  /**
   * Its Go type has an UnmarshalJSON of its own, where strict decoding ends: from here on, the API server still refuses
   * wrong types, but drops unknown fields without a word.
   */
  readonly decodesItself?: boolean;
  /** true or false may stand in place of what its schema says. */
  readonly mayBeBoolean?: boolean;
  /** As text to show; undefined where none is known. */
  readonly default: string | undefined;
  readonly deprecated: boolean;
  /** The field that tells the items of a list apart, where known. */
  readonly mergeKey: string | undefined;
}

export interface KindInfo extends Lifetime {
  /** '' for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly apiVersion: string;
  /**
   * A custom resource: its definition judges it, not Kubernetes' own validation. One of a pack may differ from what is
   * installed on the cluster.
   */
  readonly custom?: 'workspace' | 'pack';
  readonly namespaced: boolean;
  /** 'deployments'; 'pods/eviction' for a subresource that has a kind of its own. */
  readonly plural: string;
  /** The release that declared it deprecated. */
  readonly deprecated: Release | undefined;
  /** The release that is to serve it no longer, where that is yet to come. */
  readonly removal: Release | undefined;
  /** What Kubernetes names as its successor, 'apps/v1 Deployment'. */
  readonly replacement: string | undefined;
  readonly description: string;
  /** Resolved when it is asked for. `apiVersion` and `kind` are among its fields, and never required. */
  readonly schema: ObjectSchema;
}
