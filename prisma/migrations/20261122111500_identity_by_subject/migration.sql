-- AlterEnum
ALTER TYPE "identity_kind" ADD VALUE 'subject';
