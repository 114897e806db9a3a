/** The header section of RFC 5322, read and repaired. */
export * from './address-list.ts';
export * from './date.ts';
export * from './encode-words.ts';
export * from './encoded-words.ts';
export * from './format-field.ts';
export * from './header-collector.ts';
export * from './header-section.ts';
export * from './received.ts';
export * from './submission-fields.ts';
export * from './long-lines/reencode-long-lines.ts';
