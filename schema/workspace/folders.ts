/** What this part needs of the folders of workspaces; the process that serves requests fulfils it (schema imports no adapter). */
export interface WorkspaceFolders {
  /** Commits since the one that the work began from, newest first. */
  commits(folder: Folder, page: { skip: number; limit: number }): Promise<{ commits: readonly WorkspaceCommit[]; hasMore: boolean } | Unreadable>;
  /** Files that differ from that commit, committed or not. */
  changes(folder: Folder): Promise<{ changes: readonly FileChange[]; isTruncated: boolean } | Unreadable>;
  /** How one file differs from it. */
  patch(folder: Folder, file: string): Promise<FileText | Unreadable>;
  list(folder: Folder, below: string): Promise<{ entries: readonly FileEntry[]; isTruncated: boolean } | Unreadable>;
  read(folder: Folder, file: string): Promise<FileText | Unreadable>;
}

export interface Folder { path: string; since: string | null }

/** Why it cannot be read, for people. */
export interface Unreadable { kind: 'fault'; code: string; message: string; remedy: string }

export interface WorkspaceCommit { sha: string; subject: string; body: string; authorName: string; authorEmail: string; committedAt: Date }

export interface FileChange {
  path: string;
  oldPath: string | null;
  kind: 'ADDED' | 'MODIFIED' | 'DELETED' | 'RENAMED' | 'UNTRACKED';
  additions: number | null;
  deletions: number | null;
}

export interface FileEntry { name: string; path: string; kind: 'FILE' | 'FOLDER' | 'LINK' | 'OTHER'; byteSize: number }

export interface FileText { text: string; byteSize: number; isBinary: boolean; isTruncated: boolean }
