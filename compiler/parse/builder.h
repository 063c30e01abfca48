// ANTLR's tree to ast::File. A file of the code for each subject: build_table.cpp, build_index.cpp,
// build_diff.cpp, …
//
// Only rules that were read without an error are built, so that what the grammar demands is there; a table
// with a bad head or body keeps its good members.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <antlr4-runtime.h>
#include <grammar/SchemaParser.h>

#include "compiler/ast/ast.h"
#include "compiler/parse/token_text.h"
#include "compiler/support/diagnostic.h"

namespace schemac::parse {

class Builder {
 public:
  using P = grammar::SchemaParser;

  Builder(const Input& input, antlr4::CommonTokenStream& tokens, DiagnosticSink& sink);

  void BuildModel(P::ModelContext& context, ast::File& file);
  void BuildModelDiff(P::ModelDiffContext& context, ast::File& file);
  std::optional<ast::Item> BuildItem(P::ItemContext& context);
  std::optional<ast::DiffItem> BuildDiffItem(P::DiffItemContext& context);
  // The lines `---…` before the byte `end` of the source that came before nothing that can carry them.
  [[nodiscard]] std::vector<Span> StrayDocumentation(std::size_t end) const;

 private:
  using ValueText = std::variant<ast::SqlText, ast::JsonText>;

  // build_names.cpp
  [[nodiscard]] Span SpanOf(const antlr4::ParserRuleContext& context) const;
  [[nodiscard]] ast::SqlText Text(const antlr4::ParserRuleContext& context) const {
    return {SpanOf(context)};
  }
  // From the first token of `first` to the last of `last`.
  [[nodiscard]] ast::SqlText Text(const antlr4::Token& first, const antlr4::ParserRuleContext& last) const;
  // What stands between the parentheses; empty, at its place, when nothing does.
  [[nodiscard]] ast::SqlText Inside(P::ParenthesesContext& context) const;
  ast::Name BuildName(P::IdentifierContext& context);
  ast::QualifiedName BuildQualifiedName(P::QualifiedNameContext& context);
  std::vector<ast::Name> BuildNames(P::NamesContext& context);
  // The word or words as they stand in the source.
  [[nodiscard]] ast::Name Raw(const antlr4::ParserRuleContext& context) const;
  // The same in lower case.
  [[nodiscard]] ast::Name Folded(const antlr4::ParserRuleContext& context) const;
  // The words in lower case, one blank between two.
  [[nodiscard]] ast::Name Words(const antlr4::ParserRuleContext& context) const;
  // The token before the last one of the rule.
  [[nodiscard]] const antlr4::Token* LastBefore(const antlr4::ParserRuleContext& context) const;
  // The value of a string; the span is that of its contents.
  ast::Name BuildString(const antlr4::Token& token);
  ast::Name BuildString(P::StringContext& context) { return BuildString(*context.start); }
  ast::Name BuildText(P::TextContext& context);
  ast::Name BuildLabel(P::LabelContext& context);
  ast::Name BuildQuoted(const antlr4::Token& token);
  std::string DecodeEscapes(std::string_view contents, const Span& span);
  ast::TypeName BuildType(P::TypeContext& context) { return {SpanOf(context)}; }
  ValueText BuildValue(P::ValueContext& context);
  std::vector<ast::Option> BuildOptions(P::StorageOptionsContext& context);
  std::optional<ast::Name> BuildWas(P::WasContext* context);
  // The documentation before the token, which is thereby used.
  std::string TakeDocumentation(const antlr4::Token& before);

  // build_item.cpp
  ast::SchemaDirective BuildSchemaDirective(P::SchemaDirectiveContext& context);
  ast::Extension BuildExtension(P::ExtensionContext& context);
  ast::Enum BuildEnum(P::EnumTypeContext& context);
  ast::SqlObject BuildSqlObject(P::SqlObjectContext& context);
  ast::Grant BuildGrantItem(P::GrantItemContext& context);
  ast::Seed BuildSeed(P::SeedContext& context);
  ast::Raw BuildRaw(P::RawContext& context);
  void BuildUpAndDown(P::UpAndDownContext& context, ast::Name& up, std::optional<ast::Name>& down);

  // build_table.cpp
  std::optional<ast::Table> BuildTable(P::TableContext& context);
  void BuildTableHead(P::TableHeadContext& context, ast::Table& table);
  ast::Mixin BuildMixin(P::MixinContext& context);
  std::vector<ast::TableMember> BuildMembers(P::TableBodyContext* context);
  std::optional<ast::TableMember> BuildMember(P::MemberContext& context);
  ast::TableMember BuildMemberWithoutComment(P::MemberContext& context);
  ast::Trigger BuildTrigger(P::TriggerContext& context);
  ast::Policy BuildPolicy(P::PolicyContext& context);
  ast::Rule BuildRule(P::Rule_Context& context);
  ast::AttachedPart BuildAttachedPart(P::AttachedPartContext& context);
  ast::TableSetting BuildTableSetting(P::TableSettingContext& context);
  ast::Grant BuildGrant(P::GrantContext& context);

  // build_column.cpp
  ast::Column BuildColumn(P::ColumnContext& context);
  void BuildColumnClause(P::ColumnClauseContext& context, ast::Column& column);
  // Reports a clause that stands twice.
  void Once(bool already_there, const antlr4::ParserRuleContext& context);

  // build_constraint.cpp
  ast::Constraint BuildColumnConstraint(P::ColumnClauseContext& context);
  ast::Constraint BuildTableConstraint(P::TableConstraintContext& context);
  void BuildReferences(P::ReferencesContext& context, ast::Constraint& constraint);
  void BuildCheckAttribute(P::CheckAttributeContext& context, ast::Constraint& constraint);
  void BuildDeferral(P::DeferralContext& context, ast::Constraint& constraint);
  void BuildConstraintIndexClause(P::ConstraintIndexClauseContext& context, ast::Constraint& constraint);

  // build_index.cpp
  ast::Index BuildIndex(P::IndexContext& context);
  ast::IndexElement BuildIndexElement(P::IndexElementContext& context);

  // build_diff.cpp
  ast::Revision BuildRevision(P::ModelDiffContext& context);
  std::optional<ast::DiffItem> BuildAddOrReplace(P::DiffItemContext& context);
  ast::QualifiedName BuildTargetName(P::TargetNameContext& context);
  ast::Target BuildTarget(P::TargetContext& context);
  ast::DropItem BuildDrop(P::DropContext& context);
  ast::RenameItem BuildRename(P::RenameContext& context);
  ast::AlterEnum BuildAlterEnum(P::AlterEnumContext& context);
  ast::AlterObject BuildAlterObject(P::AlterObjectContext& context);
  ast::Backfill BuildBackfill(P::BackfillContext& context);
  ast::SqlBlock BuildSqlBlock(P::SqlBlockContext& context);
  ast::Allow BuildAllow(P::AllowContext& context);
  ast::SetComment BuildSetComment(P::CommentActionContext& context);

  // build_alter_table.cpp
  ast::AlterTable BuildAlterTable(P::AlterTableContext& context);
  std::optional<ast::TableAction> BuildTableAction(P::TableActionContext& context);
  ast::AlterColumn BuildAlterColumn(P::TableActionContext& context);

  const Input& input_;
  antlr4::CommonTokenStream& tokens_;
  DiagnosticSink& sink_;
  std::set<std::size_t> documentation_used_;  // By token index.
};

// Warns of them.
void ReportStrayDocumentation(const std::vector<Span>& lines, DiagnosticSink& sink);

// Whether the rule was read to its end.
inline bool IsWhole(const antlr4::ParserRuleContext& context) { return context.exception == nullptr; }

}  // namespace schemac::parse
