// Parse analysis offline: names and types of an expression or a query, as the server would find them. What is
// not known (the functions of extensions, their relations) stays by name; types that depend on it are
// undetermined.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <pg_query/pg_query.pb-c.h>

#include "compiler/sql/canonical_term.h"
#include "compiler/sql/excerpt.h"
#include "compiler/sql/expression.h"
#include "compiler/sql/overload.h"
#include "compiler/sql/tokens.h"
#include "compiler/support/error_or.h"

namespace schemac::sql {

// A column of something in FROM.
struct RangeColumn {
  std::string name;
  TypeKey type;
  std::string modifiers;
  std::string key;  // How the canonical form names it: "2.1", the first column of the second item.
  std::optional<schema::ObjectAddress> target;  // A column of a table or view of the catalog.
};

struct RangeEntry {
  std::string alias;
  std::string schema;  // Of a relation without alias, which may be named with its schema.
  std::string key;
  bool known = true;  // False when not all columns are known.
  std::vector<RangeColumn> columns;
  std::optional<schema::ObjectAddress> relation;
  // The row of a table whose columns are made when they are asked for: an expression names few of many.
  const schema::Table* row = nullptr;
};

// A column as an unqualified name sees it; JOIN … USING merges two.
struct VisibleColumn {
  const RangeColumn* column = nullptr;
  const RangeColumn* other = nullptr;  // FULL JOIN … USING: the merged column is COALESCE(column, other).
};

struct FromItem {
  std::vector<VisibleColumn> columns;
  std::vector<const RangeEntry*> entries;
  Term* term = nullptr;
};

struct CommonTable {
  std::string name;
  std::string key;
  bool known = true;
  std::vector<RangeColumn> columns;
};

// One query's names; queries inside see those around them.
struct Level {
  const Level* parent = nullptr;
  std::list<RangeEntry> entries;
  std::vector<FromItem> items;
  std::list<CommonTable> common_tables;
  const PgQuery__SelectStmt* select = nullptr;  // For its WINDOW clause.
};

struct QueryResult {
  Term* term = nullptr;
  std::vector<RangeColumn> columns;
  bool known = true;  // False when `*` of something unknown hides columns.
};

// The output columns of views, remembered while one expression is analysed.
using ViewColumns = std::map<schema::QualifiedName, std::optional<std::vector<RangeColumn>>>;

class Analyzer {
 public:
  // All must outlive the analyzer.
  Analyzer(const Scope& scope, const Tokens& tokens);

  Term* Expression(const PgQuery__Node& node);
  // The expression as a value of `type` (an assignment, say), or by itself when nullopt: untyped literals
  // become text.
  Term* ExpressionFor(const PgQuery__Node& node, const std::optional<schema::Type>& type);
  QueryResult Query(const PgQuery__SelectStmt& select);
  // Terms for text whose meaning is plain without a tree.
  Term* LiteralTerm(std::string_view value, std::size_t begin, std::size_t end);
  Term* NumberTerm(std::string_view digits);
  Term* NullTerm();
  Term* BooleanTerm(bool value);
  Term* ExplicitCast(Term* term, const schema::Type& type, const std::optional<Mention>& spelled);
  Term* Finish(Term* term, const std::optional<schema::Type>& type);

  // Adds rows by those names ("new", "old", "excluded") with the columns of the table.
  void AddRow(std::string_view alias, const schema::Table& table);

  [[nodiscard]] const std::optional<Error>& error() const { return error_; }
  [[nodiscard]] const std::vector<Mention>& mentions() const { return mentions_; }
  // Names that the text must spell otherwise although they are no reference: `public.similarity`.
  [[nodiscard]] const std::vector<std::pair<Mention, std::string>>& respellings() const {
    return respellings_;
  }
  // In the order of the text; without those that stand for columns which are not known.
  [[nodiscard]] const std::vector<SpelledStar>& stars() const { return stars_; }
  [[nodiscard]] const TypeSystem& types() const { return types_; }

  // Remembers a reference of the text. `begin` is where the dotted name of `parts` parts begins.
  Mention Mentioned(const schema::ObjectAddress& target, int location, std::size_t parts);
  // Several statements, or parts of one, can be analysed with what stands there before.
  std::shared_ptr<ViewColumns> view_columns = std::make_shared<ViewColumns>();
  std::size_t view_depth = 0;
  // Names that cannot be resolved are left as they are instead of being errors.
  bool lenient = false;

 private:
  // analyze_expression.cpp
  Term* Constant(const PgQuery__AConst& constant);
  Term* TypeCast(const PgQuery__TypeCast& cast);
  Term* Boolean(const PgQuery__BoolExpr& expression);
  Term* Case(const PgQuery__CaseExpr& expression);
  Term* Common(std::string_view head, PgQuery__Node* const* nodes, std::size_t count);
  Term* Array(const PgQuery__AArrayExpr& array, const TypeKey& wanted);
  Term* Row(const PgQuery__RowExpr& row);
  Term* Indirection(const PgQuery__AIndirection& indirection);
  Term* Subscript(Term* base, const PgQuery__AIndices& indices);
  Term* Field(Term* base, const std::string& name);
  Term* Collate(const PgQuery__CollateClause& clause);
  Term* ValueFunction(const PgQuery__SQLValueFunction& function);
  Term* SubLink(const PgQuery__SubLink& link);
  Term* Generic(const ProtobufCMessage& message);
  Term* Condition(const PgQuery__Node& node);

  // analyze_operator.cpp
  Term* OperatorExpression(const PgQuery__AExpr& expression);
  Term* Operator(const std::vector<std::string>& name, Term* left, Term* right);
  Term* RowOperator(const std::vector<std::string>& name, Term* left, Term* right);
  Term* ArrayOperator(const std::vector<std::string>& name, std::string_view head, Term* left, Term* right);
  Term* In(const PgQuery__AExpr& expression);
  Term* Between(const PgQuery__AExpr& expression);

  // analyze_call.cpp
  Term* Call(const PgQuery__FuncCall& call);
  Term* ResolveCall(const PgQuery__FuncCall& call, std::vector<Term*> arguments);
  [[nodiscard]] std::vector<schema::ObjectAddress> UserFunctions(const std::vector<std::string>& name) const;
  [[nodiscard]] bool FitsUserFunctionBetter(const std::vector<std::string>& name,
                                            const std::vector<Term*>& arguments) const;
  Term* UserCall(const PgQuery__FuncCall& call, const std::vector<std::string>& name,
                 std::vector<Term*>& arguments);
  Term* BuiltinCall(const PgQuery__FuncCall& call, const std::string& name, std::vector<Term*>& arguments);
  Term* UnknownCall(const PgQuery__FuncCall& call, const std::vector<std::string>& name,
                    const std::vector<Term*>& arguments);
  [[nodiscard]] bool IsHiddenByBuiltin(const std::string& name, const std::vector<Term*>& arguments) const;
  Term* Window(const PgQuery__WindowDef& definition);
  const PgQuery__WindowDef* FindWindow(std::string_view name) const;
  Term* SortItem(const PgQuery__SortBy& sort, Term* key);

  // analyze_column.cpp
  Term* Column(const PgQuery__ColumnRef& reference);
  Term* FindUnqualified(const std::string& name, const PgQuery__ColumnRef& reference);
  Term* FindQualified(const std::vector<std::string>& parts, const PgQuery__ColumnRef& reference);
  const RangeEntry* FindEntry(std::string_view schema, std::string_view alias) const;
  // The column of that name; nullopt when the entry has none.
  [[nodiscard]] static std::optional<RangeColumn> FindColumn(const RangeEntry& entry, std::string_view name);
  // All columns, which live as long as the analyzer.
  const std::vector<RangeColumn>& ColumnsOf(const RangeEntry& entry);
  Term* ColumnTerm(const RangeColumn& column, std::size_t begin, std::size_t end);
  Term* VisibleTerm(const VisibleColumn& column, std::size_t begin, std::size_t end);
  Term* RowTerm(const RangeEntry& entry);
  Term* UnknownColumn(const std::string& name, const PgQuery__ColumnRef& reference);
  std::pair<std::size_t, std::size_t> NameToken(int location, std::size_t part) const;

  // analyze_query.cpp
  Term* SetOperation(const PgQuery__SelectStmt& select, QueryResult& result);
  Term* PlainSelect(const PgQuery__SelectStmt& select, QueryResult& result);
  Term* Values(const PgQuery__SelectStmt& select, QueryResult& result);
  void With(const PgQuery__WithClause& clause, std::vector<Term*>& parts);
  void CommonTableExpression(const PgQuery__CommonTableExpr& expression, bool recursive,
                             std::vector<Term*>& parts);
  void Targets(const PgQuery__SelectStmt& select, QueryResult& result, std::vector<Term*>& terms);
  void Star(const PgQuery__ColumnRef& reference, QueryResult& result, std::vector<Term*>& terms);
  void SpellStar(const PgQuery__ColumnRef& reference, const std::vector<VisibleColumn>& columns);
  [[nodiscard]] std::string SpellColumn(const VisibleColumn& column) const;
  Term* OutputTerm(const PgQuery__Node& node, const PgQuery__SelectStmt& select,
                   const std::vector<Term*>& targets, const QueryResult& result, bool input_first);
  void Tail(const PgQuery__SelectStmt& select, const std::vector<Term*>& targets, const QueryResult& result,
            std::vector<Term*>& parts);
  Term* GroupItem(const PgQuery__Node& node, const PgQuery__SelectStmt& select,
                  const std::vector<Term*>& targets, const QueryResult& result);

  // analyze_from.cpp
  FromItem From(const PgQuery__Node& node);
  FromItem Relation(const PgQuery__RangeVar& variable);
  FromItem Subquery(const PgQuery__RangeSubselect& subselect);
  FromItem FunctionItem(const PgQuery__RangeFunction& function);
  FromItem Join(const PgQuery__JoinExpr& join);
  void MergeColumns(const std::vector<std::string>& names, PgQuery__JoinType type, FromItem& left,
                    FromItem& right, FromItem& joined);
  const CommonTable* FindCommonTable(std::string_view name) const;
  std::optional<std::vector<RangeColumn>> ColumnsOfRelation(const schema::ObjectAddress& relation);
  std::optional<std::vector<RangeColumn>> ColumnsOfView(const schema::View& view);
  FromItem Enter(RangeEntry entry, const PgQuery__Alias* alias, Term* term);

  // analyzer.cpp
  Term* Coerce(Term* term, const TypeKey& type, const std::string& modifiers = {});
  Term* Take(Term* literal, const TypeKey& type, const std::optional<Mention>& spelled) {
    return type.empty() ? literal : Take(literal, type, types_.Base(type), spelled);
  }
  Term* Take(Term* literal, const TypeKey& type, const TypeKey& base, const std::optional<Mention>& spelled);
  Term* RelationLiteral(Term* constant);
  Term* LabelLiteral(Term* constant, const TypeKey& type);
  void Report(DiagnosticKind kind, std::string message, int location, std::string fix = {});
  std::string NextKey() { return std::to_string(++next_key_); }

  const Scope& scope_;
  const Tokens& tokens_;
  TypeSystem types_;
  Terms terms_;
  std::list<std::vector<RangeColumn>> rows_;  // What ColumnsOf has made.
  Level root_;
  Level* level_ = &root_;
  std::size_t next_key_ = 0;
  std::size_t work_ = 0;
  std::vector<Mention> mentions_;
  std::vector<std::pair<Mention, std::string>> respellings_;
  std::vector<SpelledStar> stars_;
  std::optional<Error> error_;
};

// FigureColname(): what an output column without a name is called.
std::string OutputName(const PgQuery__Node& node);

}  // namespace schemac::sql
