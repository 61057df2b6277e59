/**
 * What the readers hand to the encoder.
 *
 * @typedef {{ t: 'ref', id: string } | { t: 'list', items: Type } | { t: 'map', values: Type }
 *   | { t: 'inline', fields: FieldDefinition[] }
 *   | { t: 'string' | 'integer' | 'number' | 'boolean' | 'int-or-string' | 'quantity' | 'any',
 *       format?: string, enum?: string[] }} Type
 * @typedef {{ name: string, type: Type, description: string, required: boolean,
 *   default?: string, deprecated?: boolean, mergeKey?: string,
 *   mayBeEmpty?: boolean, decodesItself?: boolean, mayBeBoolean?: boolean, since?: number, until?: number }} FieldDefinition
 * @typedef {{ id: string, name: string, description: string, open: boolean, fields: FieldDefinition[] }} Definition
 * @typedef {{ apiVersion: string, kind: string, id: string, namespaced: boolean, plural: string,
 *   since?: number, until?: number, deprecated?: number, removal?: number, replacement?: string }} Kind
 */

export {};
