import '../ui/topbar.css';
import { SkeletonRows } from '../ui/Skeleton.tsx';

/** While a page's code is on its way: where its bar and its first rows will be. */
export function PageBones() {
  return (
    <div class="page" aria-busy="true">
      <div class="topbar" />
      <SkeletonRows rows={12} />
    </div>
  );
}
