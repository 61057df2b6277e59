import { inflateRawSync } from 'node:zlib';

/**
 * What is in a zip archive (of less than 4 GB, in one part).
 *
 * @param {Buffer} archive
 * @returns {Map<string, Buffer>} contents by name
 */
export function unzip(archive) {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('no zip archive');
  const entries = new Map();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const isDeflated = archive.readUInt16LE(at + 10) === 8;
    const size = archive.readUInt32LE(at + 20);
    const [name, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const content = archive.subarray(start, start + size);
    entries.set(archive.toString('utf8', at + 46, at + 46 + name), isDeflated ? inflateRawSync(content) : content);
    at += 46 + name + extra + comment;
  }
  return entries;
}
