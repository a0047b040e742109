import type { AnnotationThreadFragment } from '../../../graphql/generated/graphql.ts';

type Standing = Pick<AnnotationThreadFragment, 'anchorState' | 'confidence' | 'quote' | 'place'>;

/** How sure it is where a thread stands, in words. */
export function standingOf({ anchorState, confidence, quote, place }: Standing): { text: string; isDoubtful: boolean } {
  switch (anchorState) {
    case 'ACTIVE':
      return { text: confidence === 'DUPLICATE' ? 'Exact: of several such passages, this one' : 'Exact', isDoubtful: false };
    case 'STALE':
      return { text: place && place.text !== quote ? `Stale: it reads “${place.text}” now` : 'Stale: these words may be another passage', isDoubtful: true };
    case 'ORPHANED':
      return { text: 'Orphaned: this passage is gone', isDoubtful: true };
  }
}
