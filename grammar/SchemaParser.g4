// Models (`*.schema`) and model diffs (`*.mdiff`). The grammar knows the shape of what is written and leaves SQL alone: expressions,
// routine bodies and queries are runs of tokens, balanced in their parentheses, that PostgreSQL's own parser judges later.
// Every rule can be told by its first one or two tokens wherever SQL allows it, so that prediction stays cheap (mode SLL).
parser grammar SchemaParser;

options { tokenVocab = SchemaLexer; }

// ---- The two kinds of file

model : item* EOF ;

modelDiff : revisionClause revisesClause? messageClause? profileClause? diffItem* EOF ;

revisionClause : REVISION revisionId SEMICOLON ;
revisesClause  : REVISES revisionId ( COMMA revisionId )* SEMICOLON ;
messageClause  : MESSAGE text SEMICOLON ;
profileClause  : PROFILE identifier SEMICOLON ;
revisionId     : identifier | string | NUMBER | NUMBER_WORD ;

// ---- Names and strings

identifier : IDENTIFIER | QUOTED_IDENTIFIER | unreservedKeyword ;

// Told by one token: what may follow a name never begins with a dot.
qualifiedName : first=identifier ( DOT second=identifier )? ;

names : LEFT_PAREN identifier ( COMMA identifier )* RIGHT_PAREN ;

string : STRING | ESCAPE_STRING | DOLLAR_STRING ;

// A title, where double quotes are as good as single ones.
text : string | QUOTED_IDENTIFIER ;

// ---- SQL that is not looked into

// Up to the semicolon or brace at depth 0. No run begins with a dot.
sqlRun
  : ( group
    | ~( SEMICOLON | LEFT_BRACE | RIGHT_BRACE | LEFT_PAREN | RIGHT_PAREN | LEFT_BRACKET | RIGHT_BRACKET | DOT )
    )
    ( group
    | ~( SEMICOLON | LEFT_BRACE | RIGHT_BRACE | LEFT_PAREN | RIGHT_PAREN | LEFT_BRACKET | RIGHT_BRACKET )
    )*
  ;

group
  : LEFT_PAREN sqlRun? RIGHT_PAREN
  | LEFT_BRACKET sqlRun? RIGHT_BRACKET
  ;

// What follows the name of a routine: `begin atomic … end` holds semicolons.
routineRun
  : ( group
    | atomicBody
    | ~( SEMICOLON | LEFT_BRACE | RIGHT_BRACE | LEFT_PAREN | RIGHT_PAREN | LEFT_BRACKET | RIGHT_BRACKET | ATOMIC | DOT )
    )
    ( group
    | atomicBody
    | ~( SEMICOLON | LEFT_BRACE | RIGHT_BRACE | LEFT_PAREN | RIGHT_PAREN | LEFT_BRACKET | RIGHT_BRACKET | ATOMIC )
    )*
  ;
atomicBody : ATOMIC ( group | caseRun | atomicToken | SEMICOLON )* END ;
caseRun    : CASE ( group | caseRun | atomicToken )* END ;
atomicToken
  : ~( SEMICOLON | LEFT_BRACE | RIGHT_BRACE | LEFT_PAREN | RIGHT_PAREN | LEFT_BRACKET | RIGHT_BRACKET | CASE | END )
  ;

// What follows the event of a rule: `do also (insert …; update …)`.
ruleRun : ( ruleGroup | ~( SEMICOLON | LEFT_BRACE | RIGHT_BRACE | LEFT_PAREN | RIGHT_PAREN ) )+ ;
ruleGroup
  : LEFT_PAREN ( ruleGroup | ~( LEFT_BRACE | RIGHT_BRACE | LEFT_PAREN | RIGHT_PAREN ) )* RIGHT_PAREN
  ;

// The predicate of an index: ends at `was` too.
predicateRun
  : ( group
    | ~( SEMICOLON | LEFT_BRACE | RIGHT_BRACE | LEFT_PAREN | RIGHT_PAREN | LEFT_BRACKET | RIGHT_BRACKET | WAS )
    )+
  ;

// `using …`: ends at `down`.
conversionRun
  : ( group
    | ~( SEMICOLON | LEFT_BRACE | RIGHT_BRACE | LEFT_PAREN | RIGHT_PAREN | LEFT_BRACKET | RIGHT_BRACKET | DOWN )
    )+
  ;

// A list of privileges: ends at `to` or `from`.
privilegesRun
  : ( group
    | ~( SEMICOLON | LEFT_BRACE | RIGHT_BRACE | LEFT_PAREN | RIGHT_PAREN | LEFT_BRACKET | RIGHT_BRACKET | TO | FROM )
    )+
  ;

// A value in a seed row: ends at the comma.
valueRun
  : ( group
    | ~( SEMICOLON | LEFT_BRACE | RIGHT_BRACE | LEFT_PAREN | RIGHT_PAREN | LEFT_BRACKET | RIGHT_BRACKET | COMMA )
    )+
  ;

// ---- Types and simple values

// `varchar(40)[]`, `double precision`, `timestamp(3) with time zone`, `interval day to second(3)`, `bit varying(8) array[4]`.
type : typeName ( LEFT_BRACKET NUMBER? RIGHT_BRACKET )* ( ARRAY ( LEFT_BRACKET NUMBER RIGHT_BRACKET )? )? ;
typeName
  : qualifiedName ( PRECISION | VARYING | CHARACTER | CHAR )* modifiers? timeZone? ( intervalFields modifiers? )?
  ;
modifiers      : LEFT_PAREN modifier ( COMMA modifier )* RIGHT_PAREN ;
modifier       : MINUS? NUMBER | identifier | string ;
timeZone       : ( WITH | WITHOUT ) TIME ZONE ;
intervalFields : intervalField ( TO intervalField )? ;
intervalField  : YEAR | MONTH | DAY | HOUR | MINUTE | SECOND ;
parentheses    : LEFT_PAREN sqlRun? RIGHT_PAREN ;

// After `default` and `backfill`: JSON, or an SQL value that shows its end.
value : json | simpleExpression ;

simpleExpression : ( PLUS | MINUS )? operand ( CAST type )* ;

// A string, a number, something in parentheses, a word (`true`, `current_timestamp`), a call, `array[…]`, `interval '1 day'`,
// `timestamp(3) with time zone '…'`.
operand
  : literal+
  | NUMBER
  | PARAMETER
  | group+
  | valueWord ( DOT identifier )* ( PRECISION | VARYING )* group* timeZone? ( literal+ intervalFields? )?
  ;
valueWord : identifier | NULL_ | ARRAY ;
literal   : string | OTHER_STRING ;

json
  : LEFT_BRACE ( json | jsonToken )* RIGHT_BRACE
  | LEFT_BRACKET ( json | jsonToken )* RIGHT_BRACKET
  ;
jsonToken : JSON_STRING | JSON_OTHER ;

// `(fillfactor = 70, autovacuum_enabled = off)`
storageOptions     : LEFT_PAREN ( option ( COMMA option )* )? RIGHT_PAREN ;
option      : optionKey ( EQUAL optionValue )? ;
optionKey   : identifier ( DOT identifier )? ;
optionValue : string | ( PLUS | MINUS )? NUMBER | NUMBER_WORD | identifier ( DOT identifier )* | ON | NOT | NULL_ ;

// ---- The items of a model

item
  : schemaDirective
  | extension
  | enumType
  | mixin
  | table
  | sqlObject
  | seed
  | raw
  | grantItem
  ;

schemaDirective : SCHEMA identifier TEMPLATE? was? SEMICOLON ;

was : WAS identifier ;

extension       : EXTENSION identifier extensionClause* SEMICOLON ;
extensionClause : SCHEMA schemaName=identifier | VERSION ( string | version=identifier ) ;

enumType  : ENUM qualifiedName was? LEFT_BRACE ( enumLabel ( COMMA enumLabel )* COMMA? )? RIGHT_BRACE SEMICOLON? ;
enumLabel : label ( WAS label )? ;
label     : identifier | string | NUMBER | NUMBER_WORD ;

mixin : MIXIN identifier tableBody SEMICOLON? ;

table       : tableHead ( tableBody SEMICOLON? | SEMICOLON ) ;
tableHead   : UNLOGGED? TABLE UNLOGGED? qualifiedName tableClause* ;
tableClause
  : WITH storageOptions
  | WITH mixins+=identifier ( COMMA mixins+=identifier )*
  | INHERITS LEFT_PAREN parents+=qualifiedName ( COMMA parents+=qualifiedName )* RIGHT_PAREN
  | PARTITION BY partitionKey
  | PARTITION OF partitioned=qualifiedName partitionBound
  | USING method=identifier
  | TABLESPACE tablespace=identifier
  | was
  ;
partitionKey   : identifier group ;
partitionBound : DEFAULT | FOR VALUES ( IN group | FROM group TO group | WITH group ) ;
tableBody      : LEFT_BRACE member* RIGHT_BRACE ;

// ---- The members of a table

member
  : attachedPart SEMICOLON
  | tableConstraint SEMICOLON
  | index SEMICOLON
  | trigger SEMICOLON
  | policy SEMICOLON
  | rule_ SEMICOLON
  | tableSetting SEMICOLON
  | grant SEMICOLON
  | column SEMICOLON
  ;

column : identifier type columnClause* ;

columnClause
  : NOT NULL_
  | NULL_
  | DEFAULT defaultValue=value
  | GENERATED ALWAYS AS generated=parentheses STORED
  | GENERATED ( ALWAYS | BY DEFAULT ) AS IDENTITY identityOptions=parentheses?
  | COLLATE collation=qualifiedName
  | STORAGE storage=storageName
  | COMPRESSION compression=storageName
  | STATISTICS NUMBER
  | WITH storageOptions
  | was
  | BACKFILL backfillValue=value
  | constraintName? columnConstraint
  ;
storageName    : identifier | DEFAULT ;
constraintName : CONSTRAINT identifier ;

columnConstraint
  : PRIMARY KEY ( WITH storageOptions )? deferral*
  | UNIQUE nullsNotDistinct? ( WITH storageOptions )? deferral*
  | CHECK parentheses checkAttribute*
  | references
  ;
checkAttribute   : NO INHERIT | NOT VALID ;
nullsNotDistinct : NULLS NOT? DISTINCT ;
deferral         : NOT DEFERRABLE | DEFERRABLE | INITIALLY ( DEFERRED | IMMEDIATE ) ;

references        : REFERENCES qualifiedName names? foreignKeyActions? foreignKeyTail* ;
foreignKeyTail    : deferral | NOT VALID ;
foreignKeyActions : foreignKeyAction+ ;
foreignKeyAction
  : MATCH identifier
  | ON ( DELETE | UPDATE ) ( NO ACTION | RESTRICT | CASCADE | SET ( NULL_ | DEFAULT ) names? )
  ;

// `constraint c check (…)` or `check c (…)`.
tableConstraint
  : constraintName? CHECK name=identifier? parentheses checkAttribute*
  | constraintName? UNIQUE name=identifier? nullsNotDistinct? names constraintIndexClause*
  | constraintName? PRIMARY KEY name=identifier? names constraintIndexClause*
  | constraintName? FOREIGN KEY name=identifier? names references
  | constraintName? EXCLUDE name=identifier? ( USING method=identifier )?
      LEFT_PAREN exclusionElement ( COMMA exclusionElement )* RIGHT_PAREN constraintIndexClause*
  ;
constraintIndexClause
  : INCLUDE names
  | nullsNotDistinct
  | WITH storageOptions
  | WHERE parentheses
  | USING INDEX TABLESPACE tablespace=identifier
  | deferral
  ;
// In a partition: what its copy of the parent's key or index is called.
attachedPart : ( CONSTRAINT | INDEX ) name=identifier PARTITION OF parent=identifier ;
exclusionElement : indexElement WITH exclusionOperator ;
exclusionOperator
  : ( OPERATOR_CHARACTERS | EQUAL | PLUS | MINUS )+
  | OPERATOR group
  ;

index : UNIQUE? INDEX CONCURRENTLY? name=identifier? was? UNIQUE? ( ON ONLY )? ( USING method=identifier )?
        LEFT_PAREN indexElement ( COMMA indexElement )* RIGHT_PAREN indexClause* ;
indexClause
  : INCLUDE names
  | nullsNotDistinct
  | WITH storageOptions
  | TABLESPACE tablespace=identifier
  | WHERE predicateRun
  | was
  ;
indexElement
  : indexKey ( COLLATE collation=qualifiedName )? ( operatorClass=qualifiedName operatorClassOptions=parentheses? )?
    ( ASC | DESC )? ( NULLS ( FIRST | LAST ) )?
  ;
indexKey : qualifiedName parentheses | parentheses | identifier ;

trigger       : CONSTRAINT? TRIGGER identifier triggerEvents sqlRun ;
triggerEvents : ( BEFORE | AFTER | INSTEAD OF ) triggerEvent ( OR triggerEvent )* ;
triggerEvent  : INSERT | DELETE | TRUNCATE | UPDATE ( OF identifier ( COMMA identifier )* )? ;

policy       : POLICY identifier policyClauses ;
policyClauses : ( AS | FOR | TO | USING | WITH ) sqlRun ;

rule_     : RULE identifier AS? ruleEvent ruleRun ;
ruleEvent : ON ( SELECT | INSERT | UPDATE | DELETE ) ;

tableSetting
  : ENABLE? ROW LEVEL SECURITY
  | FORCE ROW LEVEL SECURITY
  | REPLICA IDENTITY ( FULL | NOTHING | DEFAULT | USING INDEX identifier )
  | CLUSTER ON identifier
  | ( DISABLE | ENABLE ( ALWAYS | REPLICA ) ) ( TRIGGER | RULE ) identifier
  ;

grant
  : GRANT privilegesRun TO sqlRun
  | REVOKE privilegesRun FROM sqlRun
  ;

// ---- Objects in PostgreSQL's own words

sqlObject
  : DOMAIN qualifiedName was? sqlRun SEMICOLON
  | TYPE qualifiedName was? sqlRun SEMICOLON
  | UNLOGGED? SEQUENCE qualifiedName was? sqlRun? SEMICOLON
  | FUNCTION qualifiedName was? routineRun SEMICOLON
  | PROCEDURE qualifiedName was? routineRun SEMICOLON
  | AGGREGATE qualifiedName was? sqlRun SEMICOLON
  | VIEW qualifiedName was? sqlRun ( tableBody SEMICOLON? | SEMICOLON )
  | MATERIALIZED VIEW qualifiedName was? sqlRun ( tableBody SEMICOLON? | SEMICOLON )
  | EVENT TRIGGER qualifiedName was? sqlRun SEMICOLON
  | STATISTICS qualifiedName was? sqlRun SEMICOLON
  | COLLATION qualifiedName was? sqlRun SEMICOLON
  | ALTER DEFAULT PRIVILEGES sqlRun SEMICOLON
  | COMMENT ON sqlRun SEMICOLON
  | remark SEMICOLON
  ;

// What CREATE has no words for and no member of a body says: PostgreSQL's ALTER, of what the model declares.
remark
  : ALTER EVENT TRIGGER identifier ( DISABLE | ENABLE sqlRun? )
  | ALTER STATISTICS qualifiedName SET STATISTICS sqlRun
  | ALTER VIEW qualifiedName ALTER sqlRun
  | ALTER TABLE qualifiedName ALTER sqlRun
  | ALTER ( TABLE | INDEX ) qualifiedName attach=IDENTIFIER PARTITION sqlRun
  ;

grantItem : ( GRANT | REVOKE ) sqlRun SEMICOLON ;

seed      : SEED qualifiedName ( KEY names )? LEFT_BRACE seedRow* RIGHT_BRACE SEMICOLON? ;
seedRow   : LEFT_BRACE ( seedValue ( COMMA seedValue )* COMMA? )? RIGHT_BRACE SEMICOLON ;
seedValue : identifier COLON ( json | valueRun ) ;

raw       : RAW text ( DEPENDS ON target ( COMMA target )* )? upAndDown SEMICOLON? ;
upAndDown : LEFT_BRACE UP up=string SEMICOLON? ( DOWN down=string SEMICOLON? )? RIGHT_BRACE ;

// ---- The items of a model diff

diffItem
  : ADD item
  | REPLACE item
  | dropSeed
  | drop
  | rename
  | alterTable
  | alterEnum
  | sqlObject
  | grantItem
  | alterObject
  | backfill
  | sqlBlock
  | allow
  | schemaDirective
  ;

drop     : DROP CONCURRENTLY? target ( RESTORE value )? SEMICOLON ;
dropSeed : DROP seed ;
rename   : RENAME target TO qualifiedName SEMICOLON ;

objectKind : TABLE | VIEW | MATERIALIZED VIEW | ENUM | plainKind ;
plainKind
  : INDEX | CONSTRAINT | COLUMN | TRIGGER | EVENT TRIGGER | POLICY | RULE | TYPE | DOMAIN | SEQUENCE | FUNCTION | PROCEDURE
  | AGGREGATE | EXTENSION | SCHEMA | COLLATION | STATISTICS | RAW | SEED | VALUE
  ;

// `index i on t`, `function f(integer)`, `constraint c on t`.
target     : objectKind CONCURRENTLY? targetName arguments=parentheses? ( ON table_=qualifiedName )? ;
targetName : qualifiedName | string ;

alterTable
  : ALTER ( TABLE | VIEW | MATERIALIZED VIEW ) qualifiedName LEFT_BRACE tableAction* RIGHT_BRACE SEMICOLON?
  ;
tableAction
  : ADD COLUMN column SEMICOLON
  | ADD member
  | REPLACE member
  | ALTER COLUMN identifier columnAction SEMICOLON
  | drop
  | rename
  | commentAction
  | grant SEMICOLON
  | alterAction
  ;
columnAction
  : ( SET DATA )? TYPE type ( COLLATE qualifiedName )? ( USING conversionRun )? ( DOWN USING sqlRun )?
  | SET DEFAULT value
  | DROP DEFAULT
  | SET NOT NULL_ ( BACKFILL value )?
  | DROP NOT NULL_
  | otherColumnAction
  ;
otherColumnAction
  : ADD GENERATED sqlRun
  | SET ( GENERATED | STATISTICS | STORAGE | COMPRESSION | IDENTIFIER ) sqlRun
  | SET group
  | RESET sqlRun
  | RESTART sqlRun?
  | DROP ( IDENTITY | EXPRESSION )
  | COMMENT ( string | NULL_ )
  ;

commentAction : COMMENT ( ON target )? IS? ( string | NULL_ ) SEMICOLON ;

// In PostgreSQL's words: `set (fillfactor = 70)`, `disable trigger t`, `owner to app`.
alterAction
  : ( SET | RESET | ENABLE | DISABLE | FORCE | NO | CLUSTER | REPLICA | INHERIT | RESTART | UPDATE | ALTER CONSTRAINT | IDENTIFIER ) sqlRun? SEMICOLON
  ;

alterEnum  : ALTER ENUM qualifiedName LEFT_BRACE enumAction* RIGHT_BRACE SEMICOLON? ;
enumAction
  : ADD VALUE? label ( ( BEFORE | AFTER ) label )? SEMICOLON
  | RENAME VALUE? label TO label SEMICOLON
  | DROP VALUE? label ( MAP TO label )? SEMICOLON
  | ORDER LEFT_PAREN label ( COMMA label )* RIGHT_PAREN SEMICOLON
  | commentAction
  ;

alterObject
  : ALTER plainKind targetName arguments=parentheses? ( ON table_=qualifiedName )?
      LEFT_BRACE objectAction* RIGHT_BRACE SEMICOLON?
  ;
objectAction : commentAction | objectAlterAction ;
objectAlterAction : sqlRun SEMICOLON ;

backfill : BACKFILL qualifiedName sqlRun SEMICOLON ;
sqlBlock : SQL text upAndDown SEMICOLON? ;
allow    : ALLOW hazard ( COMMA hazard )* SEMICOLON ;
hazard   : hazardWord ( MINUS hazardWord )* ;
hazardWord : identifier | TABLE | COLUMN | CONSTRAINT | UNIQUE | NOT | NULL_ | DEFAULT | CHECK | PRIMARY | FOREIGN | TO ;

// The words of ours that PostgreSQL lets stand as names of columns and tables.
unreservedKeyword
  : ACTION | ADD | AFTER | AGGREGATE | ALLOW | ALTER | ALWAYS | ATOMIC | BACKFILL | BEFORE | BEGIN | BY | CASCADE
  | CHAR | CHARACTER | CLUSTER | COLLATION | COMMENT | COMPRESSION | CONCURRENTLY | DATA | DAY | DEFERRED | DELETE
  | DEPENDS | DISABLE | DOMAIN | DOWN | DROP | ENABLE | ENUM | EVENT | EXCLUDE | EXECUTE | EXPRESSION | EXTENSION | FIRST
  | FORCE | FULL | FUNCTION | GENERATED | HOUR | IDENTITY | IMMEDIATE | INCLUDE | INDEX | INHERIT | INHERITS | INSERT
  | INSTEAD | IS | KEY | LAST | LEVEL | MAP | MATCH | MATERIALIZED | MESSAGE | MINUTE | MIXIN | MONTH | NO | NOTHING
  | NULLS | OF | OPERATOR | PARTITION | POLICY | PRECISION | PRIVILEGES | PROCEDURE | PROFILE | RAW | RENAME | REPLACE | REPLICA
  | RESET | RESTART | RESTORE | RESTRICT | REVISES | REVISION | REVOKE | ROW | RULE | SCHEMA | SECOND | SECURITY
  | SEED | SEQUENCE | SET | SQL | STATISTICS | STORAGE | STORED | TABLESPACE | TEMPLATE | TIME | TRIGGER | TRUNCATE
  | TYPE | UNLOGGED | UP | UPDATE | VALID | VALUE | VALUES | VARYING | VERSION | VIEW | WAS | WITHOUT | YEAR | ZONE
  ;
