import { builder } from '../builder.ts';
import { CompanyStatusEnum } from '../shared/enums.ts';
import { checkedIds } from '../shared/lookup.ts';
import { archiveCompany, createCompany, updateCompany } from './commands.ts';
import { CompanyRef } from './ref.ts';

const CreateCompanyInput = builder.inputType('CreateCompanyInput', {
  description: 'A new company.',
  fields: (t) => ({
    name: t.string({ required: true, description: '1 to 120 characters.' }),
    description: t.string({ description: 'Markdown, up to 100,000 characters.' }),
    prefix: t.string({ description: '2 to 10 letters and digits, a letter first; made from the name when absent. A taken one is a CONFLICT.' }),
    brandColor: t.string({ description: '#rrggbb.' }),
  }),
});
const UpdateCompanyInput = builder.inputType('UpdateCompanyInput', {
  description: 'What to change: absent fields stay, null empties what may be empty.',
  fields: (t) => ({
    companyId: t.id({ required: true, description: 'Which company.' }),
    name: t.string({ description: '1 to 120 characters.' }),
    description: t.string({ description: 'Markdown, up to 100,000 characters.' }),
    brandColor: t.string({ description: '#rrggbb.' }),
    attachmentMaxBytes: t.field({ type: 'BigInt', description: 'The most that one attachment may weigh, 1 to 1073741824 bytes; 10 MiB at first.' }),
    hiresNeedApproval: t.boolean({ description: 'Whether agents that may hire still ask the board each time.' }),
    status: t.field({ type: CompanyStatusEnum, description: 'ACTIVE or PAUSED. A company is archived by archiveCompany; ACTIVE brings it back.' }),
  }),
});
const ArchiveCompanyInput = builder.inputType('ArchiveCompanyInput', {
  description: 'Which company to close.',
  fields: (t) => ({ companyId: t.id({ required: true, description: 'Which company.' }) }),
});

builder.mutationFields((t) => ({
  createCompany: t.field({
    type: CompanyRef, description: 'Founds a company. Board only.',
    args: { input: t.arg({ type: CreateCompanyInput, required: true, description: 'The company.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => createCompany(tx, by, input)),
  }),
  updateCompany: t.field({
    type: CompanyRef, description: 'Changes a company. Board only.',
    args: { input: t.arg({ type: UpdateCompanyInput, required: true, description: 'The changes.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => updateCompany(tx, by, checkedIds(input))),
  }),
  archiveCompany: t.field({
    type: CompanyRef, description: 'Closes a company: agents pause, runs are cancelled, data stays readable. Board only.',
    args: { input: t.arg({ type: ArchiveCompanyInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, ctx) => ctx.write((tx, by) => archiveCompany(tx, by, checkedIds(input))),
  }),
}));
